import shared from "@/shared/i18n/locales/zh-TW/shared";
import type zh from "../zh-CN";

export default {
  ...shared,
  "display.title": "「辦不成事」反映窗口",
  "display.screen": "叫號顯示",
  "display.please": "請",
  "display.to": "號到",
  "display.window": "號窗口",
  "display.at_window": "{n} 號窗口",
  "display.serving": "正在辦理",
  "display.next": "請準備",
  "display.none": "暫無",
  "display.nobody": "現在沒有叫號",
  "display.starting": "正在連線",
  "display.lost": "連線中斷 自 {at}",
  "display.polling": "定時重新整理中",
  "display.refused": "此螢幕還沒有授權",
  "display.refused_hint": "請本廳管理員用裝置連結打開一次。",
  "display.notice": "過號請到導辦臺重新排隊 · 65 歲以上、孕婦、身心障礙人士可優先",
} satisfies Record<keyof typeof zh, string>;
