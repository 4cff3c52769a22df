import { describe, expect, it } from "vitest";
import { Presence } from "@/shared/live/presence";

const WANG = { post: "p1", name: "王敏", state: "viewing", form: "" } as const;

describe("who is at a case", () => {
  it("is said once, again after a break, and taken back", () => {
    const sent: object[] = [];
    const presence = new Presence((frame) => sent.push(frame));

    presence.say("case:1", "typing", "dispatch");
    presence.say("case:1", "typing", "dispatch");
    presence.again();
    presence.say("case:1", null);
    presence.again();

    expect(sent).toEqual([
      { t: "presence", topic: "case:1", state: "typing", form: "dispatch" },
      { t: "presence", topic: "case:1", state: "typing", form: "dispatch" },
      { t: "presence", topic: "case:1", state: "", form: "" },
    ]);
  });

  it("is known only where one is oneself, and not without a line", () => {
    const presence = new Presence(() => undefined);
    presence.hear("case:1", [WANG]);
    expect(presence.who.size).toBe(0);

    presence.say("case:1", "viewing");
    presence.hear("case:1", [WANG]);
    expect(presence.who.get("case:1")).toEqual([WANG]);

    presence.lost();
    expect(presence.who.size).toBe(0);
  });
});
