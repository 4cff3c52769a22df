import type zh from "../zh-CN/city";

export default {
  "city.title": "Halls compared",
} satisfies Record<keyof typeof zh, string>;
