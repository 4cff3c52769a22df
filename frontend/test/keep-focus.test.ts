import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { keepFocus } from "@/shared/a11y/keep-focus";

let end: () => void;
const settle = async (): Promise<void> => {
  await new Promise((done) => setTimeout(done, 5));
};
const the = (id: string): HTMLElement => document.getElementById(id)!;

beforeEach(() => {
  // Nothing is laid out here: whatever is in the document counts as seen.
  vi.spyOn(HTMLElement.prototype, "getClientRects").mockReturnValue([{}] as unknown as DOMRectList);
  document.body.innerHTML = "";
  end = keepFocus();
});
afterEach(() => {
  end();
  vi.restoreAllMocks();
});

describe("focus", () => {
  it("goes to the button that stands out when the pressed one is taken away", async () => {
    document.body.innerHTML = '<section id="card"><button id="alarm">!</button><p id="row"><button id="call">Call</button></p></section>';
    the("call").focus();
    the("row").innerHTML = '<button id="recall">Again</button><button id="start" class="bc-btn--primary">Start</button>';
    await settle();

    expect(document.activeElement?.id).toBe("start");
  });

  it("goes to the first field when a form is replaced by the next", async () => {
    document.body.innerHTML = '<section id="composer"><form id="one"><textarea id="said"></textarea><button id="send">Send</button></form></section>';
    the("send").focus();
    the("composer").innerHTML = '<form><button class="bc-btn--primary">Send</button><textarea id="answer"></textarea></form>';
    await settle();

    expect(document.activeElement?.id).toBe("answer");
  });

  it("comes back out of a dialog to where one was, or next to it when that has gone", async () => {
    document.body.innerHTML = '<p id="steps"><button id="dispatch">Dispatch</button></p><div id="dialog" aria-modal="true"><button id="ok">OK</button></div>';
    the("dispatch").focus();
    the("ok").focus();
    the("steps").innerHTML = '<button id="next">Next</button>';
    the("dialog").remove();
    await settle();

    expect(document.activeElement?.id).toBe("next");
  });

  it("comes back to a button that was busy for a moment", async () => {
    document.body.innerHTML = '<p><button id="send">Send</button></p>';
    the("send").focus();
    the("send").setAttribute("disabled", "");
    await settle();
    the("send").blur();
    the("send").removeAttribute("disabled");
    await settle();

    expect(document.activeElement?.id).toBe("send");
  });

  it("is not taken from somebody who left on purpose", async () => {
    document.body.innerHTML = '<p><button id="left">Left</button></p><p id="list"></p>';
    the("left").focus();
    the("left").blur();
    await settle();
    the("list").innerHTML = "<button>New</button>";
    await settle();

    expect(document.activeElement).toBe(document.body);
  });

  it("stays where it is when something else changes", async () => {
    document.body.innerHTML = '<input id="text"><p id="list"></p>';
    the("text").focus();
    the("list").innerHTML = "<button>New</button>";
    await settle();

    expect(document.activeElement?.id).toBe("text");
  });
});
