/** Names of the executors that a machine without a server has. */
export const LOCAL_EXECUTORS = ['host'] as const;
