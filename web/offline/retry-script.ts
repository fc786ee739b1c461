/** How often the offline page checks whether the server is back. */
const retryMs = 2000;

/** The script of the offline page. Any answer but a proxy's means that the server is back. */
export const retryScript = `
const state = document.querySelector("[role=status]");
const look = () => fetch("/offline", { cache: "no-store" }).then(({ status }) => status < 500, () => false);
const retry = async () => { if (await look()) location.reload(); };
document.querySelector("button").onclick = async () => {
  state.textContent = state.dataset.trying;
  await retry();
  setTimeout(() => { state.textContent = ""; }, 1000);
};
addEventListener("online", retry);
setInterval(retry, ${retryMs});
`;
