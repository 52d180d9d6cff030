// The position of a tip: only when the reader asks for it, and shown before it is sent.
import { say } from "./words";

/** Wires `[data-locate]`: its button fills the hidden fields longitude and latitude of the form around it. */
export function listenForLocate(): void {
  document.querySelectorAll<HTMLElement>("[data-locate]").forEach((row) => {
    const button = row.querySelector<HTMLButtonElement>("[data-locate-button]");
    const told = row.querySelector<HTMLElement>("[data-locate-told]");
    const form = row.closest("form");
    if (!button || !told || !form || !("geolocation" in navigator)) return;
    row.hidden = false;
    button.addEventListener("click", () => {
      told.textContent = say("正在取位置…");
      navigator.geolocation.getCurrentPosition(
        (found) => {
          const { longitude, latitude, accuracy } = found.coords;
          form.querySelector<HTMLInputElement>("[name=longitude]")!.value = longitude.toFixed(6);
          form.querySelector<HTMLInputElement>("[name=latitude]")!.value = latitude.toFixed(6);
          const place = `${longitude.toFixed(4)}, ${latitude.toFixed(4)} (±${Math.round(accuracy)} m)`;
          told.textContent = `${say("已附上位置：")}${place}`;
        },
        () => {
          told.textContent = say("取不到位置，请把地点写清楚。");
        },
        { enableHighAccuracy: true, timeout: 15_000 },
      );
    });
  });
}
