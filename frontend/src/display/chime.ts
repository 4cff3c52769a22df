/** Two soft tones before a number, made here so that no sound file has to be loaded. */
const TONES = [{ hz: 880, from: 0, for: 0.32 }, { hz: 659.3, from: 0.28, for: 0.6 }];
export const CHIME_S = 0.9;
let audio: AudioContext | null = null;

/** The page's one sound output; null where the browser has none. */
export function sound(): AudioContext | null {
  try {
    audio ??= new AudioContext();
    if (audio.state === "suspended") void audio.resume();
  } catch {
    audio = null;
  }
  return audio;
}

/** Silent where the browser has no sound or still waits for a first touch of the screen. */
export function chime(): void {
  const output = sound();
  if (output?.state !== "running") return;
  for (const tone of TONES) play(output, tone);
}

function play(context: AudioContext, tone: (typeof TONES)[number]): void {
  const oscillator = context.createOscillator();
  const volume = context.createGain();
  const start = context.currentTime + tone.from;
  oscillator.frequency.value = tone.hz;
  volume.gain.setValueAtTime(0, start);
  volume.gain.linearRampToValueAtTime(0.25, start + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.001, start + tone.for);
  oscillator.connect(volume).connect(context.destination);
  oscillator.start(start);
  oscillator.stop(start + tone.for);
}
