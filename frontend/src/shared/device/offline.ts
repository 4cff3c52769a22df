/** Lets a screen come up after a power cut although the network is not back yet. */
interface ScriptUrls { createPolicy: (name: string, rules: { createScriptURL: (url: string) => string }) => { createScriptURL: (url: string) => string } }

const WORKER = "/sw.js";

/** The policy of the page demands that even this address is vouched for by name. */
function vouched(): string {
  const types = (window as unknown as { trustedTypes?: ScriptUrls }).trustedTypes;
  if (!types) return WORKER;
  const only = (url: string): string => {
    if (url !== WORKER) throw new TypeError(url);
    return url;
  };
  return types.createPolicy("default", { createScriptURL: only }).createScriptURL(WORKER);
}

export async function workOffline(scope: "/display/" | "/kiosk/"): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  try {
    await navigator.serviceWorker.register(vouched(), { scope });
    const ready = await navigator.serviceWorker.ready;
    const loaded = performance.getEntriesByType("resource").map((one) => one.name);
    ready.active?.postMessage({ keep: [`${window.location.origin}${scope}`, ...loaded] });
  } catch {
    // Without it the screen only needs the network to start, as any page does.
  }
}
