// Makes the upload page quicker and livelier where scripts run; all of it works without, by form and
// by a page that looks again.
import { watchForm } from "./form.js";
import { look, showState, showUnsent } from "./list.js";
import { watchRemoves } from "./remove.js";

watchForm();
watchRemoves();
showUnsent();
showState();
look();
