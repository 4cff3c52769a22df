/** Papers beside a case, an order, a meeting: their code and words come when they are first shown. */
import { defineAsyncComponent } from "vue";
import { speaking } from "@/staff/themes";

export const PapersPart = defineAsyncComponent(speaking(["documents"], () => import("./PapersPart.vue")));
