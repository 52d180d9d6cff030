// The digest of a chosen file, computed here: the file never leaves the reader's machine.
import { say } from "./words";

const LARGEST = 200 * 1024 * 1024;

function hexadecimal(digest: ArrayBuffer): string {
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Wires `[data-digest-form]`: choosing a file sends its SHA-256, and nothing else. */
export function listenForDigest(): void {
  const form = document.querySelector<HTMLFormElement>("[data-digest-form]");
  const source = form?.querySelector<HTMLInputElement>("[data-digest-source]");
  const target = form?.querySelector<HTMLInputElement>("[data-digest-target]");
  const told = form?.querySelector<HTMLElement>("[data-digest-told]");
  if (!form || !source || !target || !told || !window.crypto?.subtle) return;
  form.hidden = false;
  source.addEventListener("change", async () => {
    const file = source.files?.[0];
    if (!file) return;
    if (file.size > LARGEST) {
      told.textContent = say("文件太大，请改用核验码。");
      return;
    }
    told.textContent = say("正在本机计算校验值…");
    target.value = hexadecimal(await window.crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
    form.submit();
  });
}
