/** Everything the console can say: the type of its keys. Pages load themes of it (themes.ts). */
import account from "./account";
import accountability from "./accountability";
import admin from "./admin";
import attachments from "./attachments";
import board from "./board";
import cases from "./case";
import city from "./city";
import conduct from "./conduct";
import desk from "./desk";
import documents from "./documents";
import intake from "./intake";
import keep from "./keep";
import keys from "./keys";
import ledger from "./ledger";
import meetings from "./meetings";
import notices from "./notices";
import oversight from "./oversight";
import parameters from "./parameters";
import people from "./people";
import reception from "./reception";
import refusals from "./refusals";
import screens from "./screens";
import time from "./time";
import work from "./work";
import workfields from "./workfields";
import common from "./index";

export default { ...common, ...account, ...people, ...accountability, ...admin, ...attachments, ...board, ...cases, ...city, ...conduct, ...desk, ...documents, ...intake, ...keep, ...keys, ...ledger, ...meetings, ...notices, ...oversight, ...parameters, ...reception, ...refusals, ...screens, ...time, ...work, ...workfields };
