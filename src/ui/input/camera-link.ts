/** The camera for as long as it is wanted, and why there is none, in words. Shows no picture. */

const reasons: Readonly<Record<string, string>> = {
  NotAllowedError: 'The camera was refused. Allow it for this page beside the address, then try again.',
  NotFoundError: 'No camera was found.',
  NotReadableError: 'The camera is in use by another program.',
};

/** One stream at a time. */
export class CameraLink {
  #stream: MediaStream | undefined;

  /** @param onEnded called when the camera ends by itself: unplugged, or forbidden again. */
  constructor(private readonly onEnded: () => void) {}

  get stream(): MediaStream | undefined {
    return this.#stream;
  }

  /** Asks for the camera, the one that looks away from the person where there are two; why not, or an empty text. */
  async open(): Promise<string> {
    if (!('mediaDevices' in navigator)) return 'The browser lends its camera only to pages opened over https.';
    try {
      const video = { facingMode: 'environment', width: { ideal: 640 }, height: { ideal: 480 } };
      this.#stream = await navigator.mediaDevices.getUserMedia({ video, audio: false });
      for (const track of this.#stream.getTracks()) track.addEventListener('ended', this.onEnded);
      return '';
    } catch (error) {
      const name = error instanceof DOMException ? error.name : '';
      return (
        reasons[name] ?? `The camera could not be opened: ${error instanceof Error ? error.message : String(error)}`
      );
    }
  }

  close(): void {
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#stream = undefined;
  }
}
