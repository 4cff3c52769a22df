/** Remedies and re-examination on the citizen's page. */
export default {
  "track.until": "{on} 前",
  "track.remedy_of": "您可以就{organ}的原決定申請行政複議或提起行政訴訟。",
  "appeal.title": "對結果有意見？",
  "appeal.lead": "您可以在 {on} 前申請內部複查，由沒有參與辦理的人在 5 個工作日內答覆。",
  "appeal.open": "申請複查",
  "appeal.grounds": "請寫明理由",
  "appeal.send": "提交申請",
  "appeal.missing": "請寫明理由",
  "appeal.refused": "現在不能申請複查，請向窗口諮詢。",
  "appeal.pending": "複查申請已收到，正在由沒有參與辦理的人複查。",
  "appeal.upheld": "複查後維持原結果。",
  "appeal.changed": "複查後改變了結果，正在重新辦理。",
  "appeal.over": "內部複查的申請期已於 {on} 屆滿。",
};
