/** Messages of the form `<place>: <rule>. Received <name>=<value>.` as a sentence for people. Pure. */

/** The message without the place it names, beginning with a capital. */
export function messageText(message: string): string {
  const text = message.replace(/^[\w.-]+: /, '');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
