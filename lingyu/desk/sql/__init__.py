"""SQL by people: a page to ask, saved queries. What may be asked and how is `lingyu.store.log.sandbox`'s matter."""
