import shared from "@/shared/i18n/locales/zh-CN/shared";

export default {
  ...shared,
  "display.title": "“办不成事”反映窗口",
  "display.screen": "叫号显示",
  "display.please": "请",
  "display.to": "号到",
  "display.window": "号窗口",
  "display.at_window": "{n} 号窗口",
  "display.serving": "正在办理",
  "display.next": "请准备",
  "display.none": "暂无",
  "display.nobody": "现在没有叫号",
  "display.starting": "正在连接",
  "display.lost": "连接中断 自 {at}",
  "display.polling": "定时刷新中",
  "display.refused": "此屏幕还没有授权",
  "display.refused_hint": "请本厅管理员用设备链接打开一次。",
  "display.notice": "过号请到导办台重新排队 · 65 岁以上、孕妇、残障人士可优先",
};
