/** The case beside a list: its code and its words come when the first one is opened. */
import { defineAsyncComponent } from "vue";
import { speaking } from "@/staff/themes";

export const CaseView = defineAsyncComponent(speaking(["accountability", "attachments", "case", "intake", "keep", "meetings", "oversight", "time", "work", "workfields"], () => import("./CaseView.vue")));
