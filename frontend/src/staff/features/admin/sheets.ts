/** A sheet on its way: handed in, looked at, confirmed, done; watched while it runs. */
import { useQuery, useQueryClient } from "@tanstack/vue-query";
import { computed, type Ref } from "vue";
import { api } from "@/shared/api/client";
import type { components } from "@/shared/api/schema";

type Schemas = components["schemas"];
export type SheetKind = "items" | "people";
export type Run = Schemas["ImportOut"];
export type Plan = Schemas["SheetPlanOut"];
export type NewPerson = Schemas["NewPersonOut"];
type Latest = Schemas["LatestImportOut"];

const LOOK_AGAIN_MS = 700;
export const isRunning = (run: Run | null | undefined): boolean => run?.state === "looking" || run?.state === "taking";

/** The newest sheet of a kind, asked again and again only while it runs and somebody looks. */
export function useRun(kind: SheetKind, open: Ref<boolean>) {
  return useQuery({
    queryKey: ["setup", "imports", kind],
    queryFn: ({ signal }) => api.get<Latest>("setup/imports", { kind }, signal),
    enabled: open,
    refetchInterval: (query) => (open.value && isRunning(query.state.data?.latest) ? LOOK_AGAIN_MS : false),
  });
}

/** Put what a step answered where the page reads it. */
export function useRunKept(kind: SheetKind): (run: Run | null) => void {
  const queries = useQueryClient();
  return (run) => { queries.setQueryData<Latest>(["setup", "imports", kind], { latest: run }); };
}

/** What is still to be settled of a sheet; one that is over and told everything is history. */
export function useOpenRun(asked: ReturnType<typeof useRun>, seen: Ref<string>) {
  return computed<Run | null>(() => {
    const run = asked.data.value?.latest ?? null;
    if (!run || run.id === seen.value || isRunning(run) || run.state === "looked") return run;
    return run.passwords && run.mine ? run : null;
  });
}

/** A file as the server takes it: base64 inside JSON. */
export async function encoded(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}
