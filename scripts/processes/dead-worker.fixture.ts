// A worker that ends before it could take a task, as one with a broken import does.
process.exit(7);
