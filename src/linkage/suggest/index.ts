export { type LinkagePreview, previewLinkage } from "./preview-linkage.ts";
export { type SuggestedRule, suggestRules } from "./suggest-rules.ts";
