export default {
  "device.pair": "請管理員輸入此配對碼",
  "device.pair_hint": "值班長或管理員登入後，在「裝置」頁輸入，或用手機掃碼開啟。",
  "device.qr": "開啟配對頁面的二維碼",
  "device.until": "此碼有效至 {at}，過後自動更換",
  "device.asking": "正在連線",
  "device.offline": "網路不通，正在重試",
  "device.revoked": "已停用",
  "device.revoked_hint": "此裝置已被管理員停用。如需繼續使用，請重新配對。",
  "device.again": "重新配對",
};
