import shared from "@/shared/i18n/locales/zh-CN/shared";
import queue from "@/shared/i18n/locales/zh-CN/queue";
import accountability from "./accountability";
import board from "./board";
import cases from "./case";
import city from "./city";
import desk from "./desk";
import intake from "./intake";
import shell from "./shell";
import words from "./words";
import reception from "./reception";
import screens from "./screens";
import work from "./work";
import notices from "./notices";
import oversight from "./oversight";
import time from "./time";
import parameters from "./parameters";

export default { ...shared, ...accountability, ...queue, ...shell, ...words, ...cases, ...desk, ...board, ...city, ...intake, ...reception, ...screens, ...work, ...notices, ...oversight, ...time, ...parameters };
