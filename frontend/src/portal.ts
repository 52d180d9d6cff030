// The script of the public portal: larger letters, and the same courtesies of forms. Every page works without it.
import { listenForDigest } from "./digest";
import { listenForForms, nameTyped } from "./forms";
import { listenForLocate } from "./locate";
import { listenForPopups } from "./popups";

const KEY = "dayu-text";
const page = document.documentElement;

function kept(): string | null {
  try {
    return window.localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

if (kept() === "large") page.dataset["text"] = "large";
document.querySelectorAll<HTMLButtonElement>("[data-text-size]").forEach((button) => {
  button.hidden = false;
  const tell = () => button.setAttribute("aria-pressed", String(page.dataset["text"] === "large"));
  tell();
  button.addEventListener("click", () => {
    if (page.dataset["text"] === "large") delete page.dataset["text"];
    else page.dataset["text"] = "large";
    try {
      window.localStorage.setItem(KEY, page.dataset["text"] ?? "");
    } catch {
      // the choice lasts until the page is left
    }
    tell();
  });
});
listenForForms();
nameTyped();
listenForPopups();
listenForLocate();
listenForDigest();
