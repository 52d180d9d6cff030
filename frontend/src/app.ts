// The script of the office and phone pages. Every page works without it; it makes them quicker.
import htmx from "htmx.org";
import "./drop";
import { listenForForms, nameTyped } from "./forms";
import { keepTyped, letGoWhatWasSent } from "./keep";
import { listenForKeys } from "./keyboard";
import { listenForPopups } from "./popups";
import { foldOnPhones, setUpRail } from "./rail";
import { setUpRequests } from "./requests";
import { furnishToasts } from "./toast";
import "./viewer";
import { listenForArithmetic } from "./worklist";

setUpRequests();
setUpRail();
foldOnPhones();
listenForKeys();
listenForPopups();
listenForForms();
listenForArithmetic();
nameTyped();
letGoWhatWasSent();
keepTyped();
furnishToasts();
htmx.onLoad((element) => {
  const root = element as HTMLElement;
  keepTyped(root);
  furnishToasts(root);
});
