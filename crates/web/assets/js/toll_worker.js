// The worker: gets a task, and answers with what is sent along.
onmessage = ({ data }) => postMessage(tries(data, 0, 2 ** 28));
