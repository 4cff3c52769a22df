import shared from "@/shared/i18n/locales/zh-TW/shared";
import queue from "@/shared/i18n/locales/zh-TW/queue";
import board from "./board";
import cases from "./case";
import city from "./city";
import desk from "./desk";
import shell from "./shell";
import words from "./words";
import reception from "./reception";
import screens from "./screens";

export default { ...shared, ...queue, ...shell, ...words, ...cases, ...desk, ...board, ...city, ...reception, ...screens };
