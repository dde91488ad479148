"""A tabletop-exercise facilitation engine.

The house, from the ground up; nobody imports upward:

    confining   what it may take     limits for a process of its own that reads what somebody brought
    scenario/   what can happen      the written material, the order it may come in, changes  (pure)
    exercise/   what happens         log entries, the state they fold into, commands, views   (pure)
    review/     what it means        the record as data for a report                          (pure)
    store/      what is kept         the log, seats, accounts and scenarios under way in a database
    pages/      what is shown        Jinja templates, regions of a page, pictures
    output/     what is printed      manuals, spreadsheets and text files
    live/       who is watching      one running exercise in this process, its sockets, its clock
    web/        how it is reached    routes, access, the socket
    rehearsal/  who plays            simulated participants, clients of a server over the network

One click's journey: a facilitator's form reaches `web.facilitator`, which turns the cookie into a Seat and
the form into a request. `live.room` queues it; the room's writer opens one transaction (`store.log`), asks
`exercise.commands` what entries follow, appends and commits them, and only then answers. `exercise.state`
folds the entries, `pages.regions` names what they touched, and `live.fanout` writes each touched region,
drawn once, to every socket that shows it. The facilitator's own screen changes through its socket like
everybody's.

An author's change reaches `web.author_do`. `store.drafts` asks `scenario.changes` what becomes of the files and
`exercise.authoring` whether this author may, and records both in one transaction; `scenario.checks` says what is wrong.
"""

__version__ = "0.5.0"
