/** Reading a step aloud for who cannot read it well; off until somebody switches it on. */
export function readAloud(text: string): void {
  if (typeof speechSynthesis === "undefined" || !text) return;
  speechSynthesis.cancel();
  const said = new SpeechSynthesisUtterance(text);
  said.lang = document.documentElement.lang === "en" ? "en" : "zh-CN";
  said.rate = 0.9;
  speechSynthesis.speak(said);
}
