// htmx under a strict content security policy: no inline script or style, no eval, and no answer that loses typed text.
import htmx from "htmx.org";
import { toast } from "./toast";
import { say } from "./words";

/** Sets htmx up once. */
export function setUpRequests(): void {
  htmx.config.includeIndicatorStyles = false;
  htmx.config.allowEval = false;
  htmx.config.allowScriptTags = false;
  htmx.config.selfRequestsOnly = true;
  htmx.config.historyCacheSize = 0; // pages with personal data are not kept in the browser's store
  htmx.config.refreshOnHistoryMiss = true;
  // 409 and 422 carry a fragment that says what is wrong; other errors leave the page, and what was typed, as it is
  htmx.config.responseHandling = [
    { code: "204", swap: false },
    { code: "[23]..", swap: true },
    { code: "409", swap: true, error: false },
    { code: "422", swap: true, error: false },
    { code: "[45]..", swap: false, error: true },
  ];
  document.addEventListener("htmx:responseError", (event) => {
    const status = (event as CustomEvent<{ xhr: XMLHttpRequest }>).detail.xhr.status;
    toast(words(status), "error");
  });
  document.addEventListener("htmx:sendError", () => toast(say("网络不通，刚才的操作没有送到。您填写的内容还在，请稍后再点一次。"), "error"));
}

function words(status: number): string {
  if (status === 401 || status === 403) return say("没有权限，或者登录已经过期。");
  if (status === 404) return say("找不到，可能已经变动。请刷新后再试。");
  return say("服务器没有完成这一步。您填写的内容还在，请再试一次；再不行请告诉管理员。");
}
