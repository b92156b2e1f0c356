import { FORMAT_NAMES, type Fit, type OutputFormat } from "redis-lab-jobs";
import type { FormField } from "./errors.js";
import { html, type Html } from "./html.js";
import { shownBytes, type Limits } from "./limits.js";
import { OFFERED_SIZES, SIZES_PATTERN, STANDARD_SIZE } from "./sizes.js";
import { WISH_FIELDS } from "./wish.js";

/** What is wrong, and with which field. */
export interface Problem {
  readonly message: string;
  readonly field?: FormField | undefined;
}

const FIT_NAMES: Readonly<Record<Fit, string>> = {
  inside: "Inside the box",
  cover: "Fill, cut edges",
  contain: "Fill, with margins",
};
const FORMAT_CHOICES: Readonly<Record<OutputFormat, string>> = {
  keep: "As sent",
  jpeg: "JPEG",
  png: "PNG",
  webp: "WebP",
  avif: "AVIF",
};

/** What explains a field. */
const helpOf = (field: FormField | undefined) =>
  field === "image_file" || field === "sizes" ? `${field}-help` : "wishes-help";

/** The form, with what was wrong in it. */
export function form(limits: Limits, problem: Problem | undefined): Html {
  const wrong = (field: Problem["field"]) =>
    problem?.field === field &&
    html`<p class="problem" id="${field}-problem" role="alert">${problem?.message}</p>`;
  const marks = (field: Problem["field"]) =>
    problem?.field === field
      ? html`aria-invalid="true" aria-describedby="${field}-problem ${helpOf(field)}"`
      : html`aria-describedby="${helpOf(field)}"`;
  const choice = (
    field: "fit" | "format",
    label: string,
    names: Readonly<Record<string, string>>,
  ) =>
    html`<div>
      <label for="${field}">${label}</label>
      <select id="${field}" name="${field}" ${marks(field)}>
        ${Object.entries(names).map(([value, name]) => html`<option value="${value}">${name}</option>`)}
      </select>
    </div>`;
  return html`<form
    id="upload"
    class="upload"
    action="/"
    method="post"
    enctype="multipart/form-data"
    data-file-bytes="${limits.fileBytes}"
    data-files="${limits.files}"
  >
    <div class="drop">
      <label for="image_file">Drop pictures here, or choose them</label>
      <p id="image_file-help">
        ${FORMAT_NAMES}; up to ${limits.files} pictures of ${shownBytes(limits.fileBytes)}, with up
        to 200 megapixels as JPEG or PNG, 60 as WebP or GIF, 16 as AVIF or HEIC
      </p>
      <input
        id="image_file"
        name="image_file"
        type="file"
        multiple
        required
        accept="image/jpeg,image/png,image/webp,image/gif,image/avif,image/heic,image/heif,.heic,.heif"
        ${marks("image_file")}
      />
      <ul id="chosen" class="chosen" aria-label="Chosen pictures"></ul>
    </div>
    ${wrong("image_file")}
    <fieldset>
      <legend>Sizes</legend>
      <div class="sizes">
        ${OFFERED_SIZES.map(
          (size) =>
            html`<label class="size-choice"
              ><input
                type="checkbox"
                name="sizes"
                value="${size}"
                ${size === STANDARD_SIZE && html`checked`}
              />${size.replace("x", " × ")}</label
            >`,
        )}
      </div>
      <label for="sizes">Other sizes</label>
      <input
        id="sizes"
        name="sizes"
        type="text"
        autocomplete="off"
        placeholder="800x600, 32x32"
        maxlength="400"
        pattern="${SIZES_PATTERN}"
        title="Width and height in pixels, such as 800x600; commas between several"
        ${marks("sizes")}
      />
      <p id="sizes-help" class="help">
        A thumbnail is never larger than its picture. Nothing chosen: 128 × 128.
      </p>
      ${wrong("sizes")}
    </fieldset>
    <fieldset class="wishes">
      <legend>How</legend>
      ${choice("fit", "Fit", FIT_NAMES)} ${choice("format", "Format", FORMAT_CHOICES)}
      <div>
        <label for="quality">Quality</label>
        <input
          id="quality"
          name="quality"
          type="number"
          min="1"
          max="100"
          placeholder="usual"
          ${marks("quality")}
        />
      </div>
      <label class="check"
        ><input type="checkbox" name="animated" value="on" />Keep animations</label
      >
      <p id="wishes-help" class="help">
        Quality counts for JPEG, WebP and AVIF. Of an animation the first picture is taken, unless
        you keep it: as GIF, WebP or PNG.
      </p>
      ${WISH_FIELDS.map(wrong)}
    </fieldset>
    <button type="submit">Make thumbnails</button>
  </form>`;
}
