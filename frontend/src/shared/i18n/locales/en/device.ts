export default {
  "device.pair": "Ask a manager to enter this code",
  "device.pair_hint": "A shift lead or manager signs in and enters it under Screens, or scans the code.",
  "device.qr": "QR code of the pairing page",
  "device.until": "Valid until {at}, then renewed by itself",
  "device.asking": "Connecting",
  "device.offline": "No network, trying again",
  "device.revoked": "Switched off",
  "device.revoked_hint": "A manager has ended this screen's access. Pair it again to go on.",
  "device.again": "Pair again",
};
