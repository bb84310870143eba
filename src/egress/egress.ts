/** May this URL be contacted, and at which pinned address (TRUST.md §5). */
