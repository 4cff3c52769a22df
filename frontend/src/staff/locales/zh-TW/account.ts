/** One's own account and password. */
import type zh from "../zh-CN/account";

export default {
  "account.title": "我的帳號",
  "account.password": "密碼",
  "account.since": "{at} 起使用",
  "account.old": "目前密碼",
  "account.new": "新密碼",
  "account.again": "再輸入一次新密碼",
  "account.policy": "至少 {length} 位，含大寫、小寫、數字、符號中的 {classes} 種；不含帳號，不用常見密碼。",
  "account.change": "更改密碼",
  "account.changed": "密碼已更改，其他登入已登出",
  "account.not_the_same": "兩次輸入的新密碼不一致。",
  "account.must_title": "先更改密碼",
  "account.must_lead": "這個密碼是別人給你的，或已用得太久。換一個只有你知道的，再開始工作。",
  "account.sessions": "登入的地方",
  "account.seen": "{at} 使用過",
  "account.here": "本機",
  "account.end": "登出",
  "account.unknown_browser": "瀏覽器",
  "account.look": "語言和字級",
  "password_reason.too_short": "太短：至少 {length} 位",
  "password_reason.too_plain": "種類太少：須有 {classes} 種字元",
  "password_reason.common": "太常見，容易被猜到",
  "password_reason.contains_name": "含有帳號",
  "password_reason.used_before": "最近用過",
} satisfies Record<keyof typeof zh, string>;
