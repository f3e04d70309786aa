import { dataOfError, type ErrorData, errorOfData } from '../base/error-data.js';
import { isError } from '../base/errors.js';

/**
 * Work for a thread of its own. It takes its start data and a function that posts, and returns the handler of what is
 * posted to it. What it does later, in timers, it does through `attempt`, which reports what is thrown there.
 */
export type Task = (
  data: never,
  post: (message: unknown) => void,
  attempt: (act: () => void) => void,
) => (message: never) => void;

/** What the thread of a task sends: what the task posts, or why it failed. */
export type TaskNews = { readonly message: unknown } | { readonly failure: ErrorData };

/** Does a task on this thread; returns the handler of what is posted to it. What it throws is sent too. */
export function doTask(task: Task, data: unknown, send: (news: TaskNews) => void): (message: unknown) => void {
  const attempt = (act: () => void): void => {
    try {
      act();
    } catch (error) {
      send({ failure: dataOfError(error) });
    }
  };
  let handle: (message: never) => void = () => {};
  attempt(() => {
    handle = task(data as never, (message) => send({ message }), attempt);
  });
  return (message) => attempt(() => handle(message as never));
}

/** A thread that does one kind of work, as the thread that started it knows it. */
export class TaskThread {
  /** Called with what it posts. */
  onMessage: (message: unknown) => void = () => {};
  /** Called once if it fails. */
  onFailure: (error: Error) => void = () => {};
  /** Sends it a message; it gets a copy. */
  readonly post: (message: unknown) => void;
  /** Ends it at once. */
  readonly stop: () => void;

  /** Of a thread that runs already. Whoever has started it calls `hear` and `fail`. */
  constructor(post: (message: unknown) => void, stop: () => void) {
    this.post = post;
    this.stop = stop;
  }

  /** What it has sent. */
  hear(news: TaskNews): void {
    if ('failure' in news) this.fail(errorOfData(news.failure));
    else this.onMessage(news.message);
  }

  /** It has failed. */
  fail(thrown: unknown): void {
    const { onFailure } = this;
    this.onFailure = () => {};
    onFailure(isError(thrown) ? thrown : new Error(String(thrown)));
  }
}
