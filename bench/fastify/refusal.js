/** A refusal with its HTTP status and a public message. */
export class Refusal extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** The same words and status for every order that is not there. */
export const noOrder = () => new Refusal(404, "There is no such order.");
