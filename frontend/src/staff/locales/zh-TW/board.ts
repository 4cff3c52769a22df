import type zh from "../zh-CN/board";

export default {
  "board.title": "大廳看板",
} satisfies Record<keyof typeof zh, string>;
