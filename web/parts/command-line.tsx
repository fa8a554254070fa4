import { useRef, useState } from "preact/hooks";

/** A command to copy: the pages read, and who changes production does it in a terminal. */
export function CommandLine({ command, about }: { command: string; about: string }) {
  const [said, setSaid] = useState("");
  const text = useRef<HTMLElement>(null);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(command);
      setSaid("copied");
    } catch {
      // A page that is not of this machine may not write to the clipboard: the reader does it with the keyboard.
      if (text.current !== null) getSelection()?.selectAllChildren(text.current);
      setSaid("selected");
    }
  };
  return (
    <p class="command">
      <code ref={text}>{command}</code>
      <button type="button" onClick={() => void copy()} aria-label={`Copy ${command}`}>
        Copy
      </button>
      <span class="quiet">
        {about} <span role="status">{said}</span>
      </span>
    </p>
  );
}
