"""The CP-SAT model: employee blocks, the coverage block, and the ledger of costs."""
