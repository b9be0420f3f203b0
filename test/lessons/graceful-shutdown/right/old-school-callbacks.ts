// style: old-school: a list of records, a countdown and a callback that waits for zero
interface Job {
  controller: AbortController;
  done: boolean;
}

export class ServerClosedError extends Error {
  constructor(message?: string) {
    super(message || "server closed");
    this.name = "ServerClosedError";
  }
}

export class Server<Req, Res> {
  _handler: (request: Req, signal: AbortSignal) => Promise<Res>;
  _jobs: Job[] = [];
  _status: "ok" | "draining" | "closed" = "ok";
  _promise: Promise<{ completed: number; aborted: number }> | null = null;
  _onZero: (() => void) | null = null;

  constructor(handler: (request: Req, signal: AbortSignal) => Promise<Res>) {
    this._handler = handler;
  }

  handle(request: Req): Promise<Res> {
    var self = this;
    return new Promise<Res>(function (resolve, reject) {
      if (self._status !== "ok") {
        reject(new ServerClosedError());
        return;
      }
      var job: Job = { controller: new AbortController(), done: false };
      self._jobs.push(job);
      function leave(): void {
        job.done = true;
        self._jobs.splice(self._jobs.indexOf(job), 1);
        if (self._jobs.length === 0 && self._onZero) self._onZero();
      }
      self._handler(request, job.controller.signal).then(
        function (answer) {
          leave();
          resolve(answer);
        },
        function (error) {
          leave();
          reject(error);
        },
      );
    });
  }

  health(): { status: "ok" | "draining" | "closed"; inFlight: number } {
    return { status: this._status, inFlight: this._jobs.length };
  }

  shutdown(options: { graceMs: number }): Promise<{ completed: number; aborted: number }> {
    var self = this;
    if (self._promise !== null) return self._promise;
    self._status = "draining";
    self._promise = new Promise(function (resolve) {
      var jobs = self._jobs.slice();
      var aborted = 0;
      var timer: ReturnType<typeof setTimeout> | undefined;
      self._onZero = function () {
        clearTimeout(timer);
        self._status = "closed";
        resolve({ completed: jobs.length - aborted, aborted: aborted });
      };
      if (jobs.length === 0) {
        self._onZero();
        return;
      }
      timer = setTimeout(function () {
        jobs.forEach(function (job) {
          if (job.done) return;
          aborted++;
          job.controller.abort(new ServerClosedError("out of time"));
        });
      }, options.graceMs);
    });
    return self._promise;
  }
}
