// <dayu-viewer>: a picture in it can be enlarged and turned, with buttons and with keys.
import { LitElement, html, render } from "lit";
import { say } from "./words";

/** The stage of the file viewer. It keeps the picture that the server sent and adds its tools. */
export class DayuViewer extends LitElement {
  private zoom = 1;
  private turn = 0;

  protected override createRenderRoot(): HTMLElement {
    return this; // the server's picture stays in the page; styles are the page's own
  }

  override connectedCallback(): void {
    if (this.dataset["ready"] !== undefined || !this.querySelector("img")) return;
    this.dataset["ready"] = "";
    const tools = document.createElement("div");
    tools.className = "viewer__tools";
    this.prepend(tools);
    render(
      html`<button class="btn" type="button" @click=${() => this.enlarge(1)}>${say("放大")}</button>
        <button class="btn" type="button" @click=${() => this.enlarge(-1)}>${say("缩小")}</button>
        <button class="btn" type="button" @click=${() => this.rotate()}>${say("转动")}</button>`,
      tools,
    );
  }

  protected override performUpdate(): void {
    // nothing of its own to draw
  }

  private enlarge(step: 1 | -1): void {
    this.zoom = Math.min(3, Math.max(1, this.zoom + step));
    this.dataset["zoom"] = String(this.zoom);
  }

  private rotate(): void {
    this.turn = (this.turn + 1) % 4;
    this.dataset["turn"] = String(this.turn);
  }
}

customElements.define("dayu-viewer", DayuViewer);
