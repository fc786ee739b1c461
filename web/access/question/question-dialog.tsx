"use client";
import { useQuestion } from "../../api/session/question.ts";
import { Dialog } from "../../components/dialog.tsx";
import { useText } from "../../messages/provider.tsx";
import { Proof } from "./proof.tsx";
import { SignInAgain } from "./sign-in-again.tsx";

/** Asks over the page who the user is: what was typed below stays there, and what waits for it goes on. */
export function QuestionDialog() {
  const { t } = useText();
  const question = useQuestion();
  const isProof = question?.wanted === "proof";
  const done = () => question?.answer(true);
  return (
    <Dialog
      // Another question has another first field.
      key={question?.wanted}
      title={t(isProof ? "proof.title" : "access.again")}
      isOpen={question !== null}
      onClose={() => question?.answer(false)}
    >
      {isProof ? <Proof onDone={done} /> : <SignInAgain onSignedIn={done} />}
    </Dialog>
  );
}
