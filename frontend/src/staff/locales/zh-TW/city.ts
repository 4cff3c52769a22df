import type zh from "../zh-CN/city";

export default {
  "city.title": "全市大廳比較",
} satisfies Record<keyof typeof zh, string>;
