/** A screen that is not at work yet, or no longer. */
export default {
  "device.pair": "请管理员录入此配对码",
  "device.pair_hint": "值班长或管理员登录后，在“设备”页录入，或用手机扫码打开。",
  "device.qr": "打开配对页面的二维码",
  "device.until": "此码有效至 {at}，过后自动更换",
  "device.asking": "正在连接",
  "device.offline": "网络不通，正在重试",
  "device.revoked": "已停用",
  "device.revoked_hint": "此设备已被管理员停用。如需继续使用，请重新配对。",
  "device.again": "重新配对",
};
