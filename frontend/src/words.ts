// The words of the scripts: Simplified Chinese is the source, English is complete, as on the server.

const english: Record<string, string> = {
  关闭: "Close",
  放大: "Enlarge",
  缩小: "Reduce",
  转动: "Turn",
  "网络不通，刚才的操作没有送到。您填写的内容还在，请稍后再点一次。":
    "No connection: what you did has not arrived. What you typed is still here; please try again.",
  "服务器没有完成这一步。您填写的内容还在，请再试一次；再不行请告诉管理员。":
    "The server did not finish. What you typed is still here; please try again, then tell an administrator.",
  "没有权限，或者登录已经过期。": "Not permitted, or your session has ended.",
  "找不到，可能已经变动。请刷新后再试。": "Not found; it may have changed. Please reload.",
  "已恢复上次没有提交的内容。": "What you had not sent last time has been restored.",
  不要了: "Discard",
  "请先写明理由。": "Please write your reasons first.",
  "拖到这里，或者点上面选择": "Drop files here, or choose above",
  收起: "Fold",
  "正在取位置…": "Finding your position…",
  "已附上位置：": "Position attached: ",
  "取不到位置，请把地点写清楚。": "No position; please describe the place.",
  "文件太大，请改用核验码。": "The file is too large; please use the code.",
  "正在本机计算校验值…": "Computing the digest on this machine…",
};

const isEnglish = document.documentElement.lang.toLowerCase().startsWith("en");

/** The words in the language of the page. An unknown text stays as it is. */
export function say(chinese: string): string {
  return isEnglish ? (english[chinese] ?? chinese) : chinese;
}
