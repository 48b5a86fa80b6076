"""SQL by people: a page to ask, saved queries. What may be asked is `lingyu.store.log.sandbox`'s matter."""
