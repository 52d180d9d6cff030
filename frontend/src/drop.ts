// <dayu-drop>: a place to drop files on; names and sizes of what was chosen are shown before anything is sent.
import { LitElement, html, render } from "lit";
import { say } from "./words";

function size(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(1)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** Wraps the server's `<input type="file">`. */
export class DayuDrop extends LitElement {
  private list: HTMLUListElement | null = null;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    const input = this.querySelector<HTMLInputElement>("input[type=file]");
    if (!input || this.list) return;
    this.classList.add("drop");
    const hint = document.createElement("p");
    hint.className = "small muted";
    hint.textContent = say("拖到这里，或者点上面选择");
    this.list = document.createElement("ul");
    this.list.className = "drop__list";
    this.append(hint, this.list);
    input.addEventListener("change", () => this.show(input));
    this.addEventListener("dragover", (event) => {
      event.preventDefault();
      this.dataset["over"] = "";
    });
    this.addEventListener("dragleave", () => delete this.dataset["over"]);
    this.addEventListener("drop", (event) => {
      event.preventDefault();
      delete this.dataset["over"];
      if (!event.dataTransfer?.files.length) return;
      input.files = event.dataTransfer.files;
      this.show(input);
    });
  }

  protected override performUpdate(): void {
    // the list is drawn when files change
  }

  private show(input: HTMLInputElement): void {
    const files = Array.from(input.files ?? []);
    if (!this.list) return;
    render(
      files.map((file) => html`<li><span>${file.name}</span><span class="muted nw">${size(file.size)}</span></li>`),
      this.list,
    );
  }
}

customElements.define("dayu-drop", DayuDrop);
