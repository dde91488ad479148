/* How a page keeps up with the record: a model that spin walks through completely.

   One page of two regions, two servers on one database, a network that cuts links without a word and fills up,
   servers that are killed, and a backup that is restored. Whatever happens in whatever order:

     - nothing falls back: no frame brings a page an older state of a region, nor one it already shows;
     - no gap: a page that says it shows everything up to seq N does;
     - it converges: when all is quiet again, the page shows what stands in the database;
     - it ends: there is no loop of joining and being sent away (no cycle at all, with -DNP and -l).

   Each rule of the protocol can be left out with -DDROP_NAME, and then one of these is found broken;
   tests/live/test_model.py runs all of that. Where a rule lives in the code stands beside it.
*/

#define ENTRIES 2
#define SERVERS 2
#define LINKS 2
#define NONE 9

/* The database: its history (epoch), and for each seq the region it touched. A mark tells two entries of one seq
   apart that stand in two histories. */
byte epoch = 1, head, marks;
byte touches[ENTRIES + 1], mark[ENTRIES + 1];

/* A server: the history it has read, how far, and which entry each region is drawn from. */
typedef Server { byte epoch; byte seq; byte at[2]; byte drawn[2]; bool rung };
Server server[SERVERS];

/* A link, as its server sees it: a hello that waits, or a page that joined, and what that page lacks (bits). */
typedef Link { byte to; bool asked; byte epoch; byte after; bool joined; byte dirty; bool dead; bool resync };
Link link[LINKS];

/* What is under way to the page on each link: seq, which regions, and for each its entry. One frame fills it. */
chan wire[LINKS] = [1] of { byte, byte, byte, byte, byte, byte };

/* The page. */
byte page_epoch, after, at[2], drawn[2], mine = NONE;
bool loaded;

/* What may still go wrong. */
#ifndef RESTORES
#define RESTORES 1
#endif
byte cuts = 1, kills = 1, restores = RESTORES;

/* Used within one step only, so no part of the state. */
hidden byte i, r, s, one, other, frame, seq, a0, m0, a1, m1, region, last;

inline begin_anew(it) {                /* a server folds the whole log */
    server[it].epoch = epoch; server[it].seq = 0; server[it].rung = false;
    server[it].at[0] = 0; server[it].at[1] = 0; server[it].drawn[0] = 0; server[it].drawn[1] = 0;
    take_in(it)
}

inline take_in(it) {                   /* live/room.py: _catch_up and _take */
    do
    :: server[it].seq < head ->
        server[it].seq++;
        r = touches[server[it].seq];
        server[it].at[r] = server[it].seq;
        server[it].drawn[r] = mark[server[it].seq];
        i = 0;
        do
        :: i < LINKS -> if :: link[i].joined && link[i].to == it -> link[i].dirty = link[i].dirty | (1 << r)
                           :: else fi; i++
        :: else -> break
        od
    :: else -> break
    od;
    server[it].rung = false
}

inline close_link(it) {                /* a server lets a link go, and what is under way on it is lost */
    link[it].asked = false; link[it].joined = false; link[it].dirty = 0; link[it].dead = true;
    link[it].to = 0; link[it].epoch = 0; link[it].after = 0;
    do :: wire[it]?_,_,_,_,_,_ :: empty(wire[it]) -> break od
}

inline close_all(it) {                 /* live/rooms.py: another history; every page is told to begin anew */
    s = 0;
    do
    :: s < LINKS -> if :: link[s].to == it && (link[s].joined || link[s].asked) -> close_link(s); link[s].resync = true
                       :: else fi; s++
    :: else -> break
    od
}

inline notice(it) {                    /* live/rooms.py: _look */
    if
    :: server[it].epoch != epoch -> close_all(it); begin_anew(it)
    :: else -> take_in(it)
    fi
}

/* Something happens: an entry is written through a server, which is caught up within the same transaction. */
proctype Writer() {
    do
    :: atomic { head < ENTRIES && marks < ENTRIES + 1 ->
        if :: one = 0 :: one = 1 fi;
        notice(one);
        head++; marks++; mark[head] = marks;
        if :: touches[head] = 0 :: touches[head] = 1 fi;
        take_in(one);
        other = 1 - one;
        if :: server[other].rung = true :: skip fi }           /* the doorbell may be lost */
    :: atomic { restores && head ->                            /* a backup is restored that lacks the last entry */
        restores--; touches[head] = 0; mark[head] = 0; head--; epoch++ }
    :: atomic { marks == ENTRIES + 1 || head == ENTRIES -> break }
    od
}

#ifdef DROP_DIRTY                       /* live/fanout.py: what was not written stays dirty */
#define writable(it) true
#else
#define writable(it) nfull(wire[it])
#endif

inline hello(it) {
    link[it].asked = false;
    if
#ifndef DROP_AHEAD                      /* web/socket.py: the page may have been drawn by another server */
    :: link[it].epoch == server[me].epoch && link[it].after > server[me].seq -> notice(me)
#endif
    :: else
    fi;
    if
#ifndef DROP_EPOCH                      /* web/socket.py: a page of another history begins anew */
    :: link[it].epoch != server[me].epoch || link[it].after > server[me].seq -> close_link(it); link[it].resync = true
#endif
    :: else ->
        link[it].joined = true;
#ifndef DROP_MISSED                     /* live/room.py: missed */
        r = 0;
        do
        :: r < 2 -> if :: server[me].at[r] > link[it].after -> link[it].dirty = link[it].dirty | (1 << r)
                       :: else fi; r++
        :: else -> break
        od;
#endif
        link[it].epoch = 0; link[it].after = 0
    fi
}

inline flush(it) {
    frame = link[it].dirty;
#ifdef DROP_WHOLE                       /* live/fanout.py: a frame that says seq N brings all that was dirty at N */
    if :: frame == 3 -> if :: frame = 1 :: frame = 2 fi :: else fi;
#endif
    if
    :: nfull(wire[it]) ->
        wire[it]!server[me].seq, frame, server[me].at[0], server[me].drawn[0], server[me].at[1], server[me].drawn[1]
    :: full(wire[it])
    fi;
    link[it].dirty = link[it].dirty & (3 - frame)
}

proctype Serve(byte me) {
    do
#ifdef DROP_POLL                        /* live/rooms.py: the beat looks into the database, whoever rang */
    :: atomic { server[me].rung -> notice(me) }
#else
    :: atomic { server[me].epoch != epoch || server[me].seq < head -> notice(me) }
#endif
    :: atomic { kills -> kills--;
        i = 0;
        do
        :: i < LINKS -> if :: link[i].to == me && (link[i].joined || link[i].asked) -> close_link(i) :: else fi; i++
        :: else -> break
        od;
        begin_anew(me) }

    /* web/socket.py: _follow, and live/room.py: join */
    :: atomic { link[0].asked && link[0].to == me -> hello(0) }
    :: atomic { link[1].asked && link[1].to == me -> hello(1) }

    /* live/fanout.py: flush. A full wire is not waited for, and its regions stay dirty. */
    :: atomic { link[0].joined && link[0].to == me && link[0].dirty && writable(0) -> flush(0) }
    :: atomic { link[1].joined && link[1].to == me && link[1].dirty && writable(1) -> flush(1) }
    od
}

proctype Network() {
    do
    :: atomic { cuts && mine != NONE -> cuts--; link[mine].dead = true }        /* without a word to either side */
    :: atomic { link[0].dead && mine != 0 && (link[0].joined || link[0].asked) -> close_link(0) }
    :: atomic { link[1].dead && mine != 1 && (link[1].joined || link[1].asked) -> close_link(1) }
    od
}

/* In the page's own history, it lacks nothing up to where it says it stands. */
inline no_gap() {
    i = 1;
    do
    :: i <= after && i <= head && page_epoch == epoch -> assert(at[touches[i]] >= i); i++
    :: else -> break
    od
}

inline drawn_from(part, its_seq, its_mark) {
    assert(its_seq > at[part] || (its_seq == 0 && at[part] == 0));          /* nothing falls back or comes twice */
    at[part] = its_seq; drawn[part] = its_mark
}

inline receive(it) {
    wire[it]?seq, frame, a0, m0, a1, m1;
    if :: frame & 1 -> drawn_from(0, a0, m0) :: else fi;
    if :: frame & 2 -> drawn_from(1, a1, m1) :: else fi;
    if :: seq > after -> after = seq :: else fi;
    no_gap()
}

inline join_on(slot) {
    mine = slot;
    if :: link[slot].to = 0 :: link[slot].to = 1 fi;
    link[slot].dead = false; link[slot].resync = false; link[slot].dirty = 0;
    link[slot].asked = true; link[slot].epoch = page_epoch; link[slot].after = after
}

proctype Page() {
    do
    /* A GET through either server: drawings and seq are those of one state. */
    :: atomic { !loaded ->
        if :: one = 0 :: one = 1 fi;
        page_epoch = server[one].epoch; after = server[one].seq;
        at[0] = server[one].at[0]; drawn[0] = server[one].drawn[0];
#ifdef DROP_ONE_STATE                   /* web/live_pages.py: no step between the drawings and the seq */
        };
    atomic {
        after = (server[one].epoch == page_epoch -> server[one].seq : after);
#endif
        at[1] = server[one].at[1]; drawn[1] = server[one].drawn[1];
        loaded = true;
        no_gap() }

    /* frontend/static/socket.js: connect, to either server */
    :: atomic { loaded && mine == NONE && !(link[0].joined || link[0].asked) -> join_on(0) }
    :: atomic { loaded && mine == NONE && !(link[1].joined || link[1].asked) -> join_on(1) }

    /* A link that is silent is dropped, not waited for; one closed with 4001 has the page loaded anew. */
    :: atomic { mine != NONE && link[mine].dead ->
        if
        :: link[mine].resync -> loaded = false; link[mine].resync = false; page_epoch = 0; after = 0;
            at[0] = 0; at[1] = 0; drawn[0] = 0; drawn[1] = 0
        :: else
        fi;
        mine = NONE }

    :: atomic { mine != NONE && !link[mine].dead && nempty(wire[mine]) -> receive(mine) }
#ifdef DROP_LINK                        /* frontend/static/socket.js: a link that was dropped is not listened to */
    :: atomic { mine != 0 && nempty(wire[0]) && loaded -> receive(0) }
    :: atomic { mine != 1 && nempty(wire[1]) && loaded -> receive(1) }
#endif
    od
}

/* When nobody can do anything any more, the page shows what stands in the database. */
proctype Judge() {
    end: timeout ->
    atomic {
        assert(loaded && mine != NONE && page_epoch == epoch);
        region = 0;
        do
        :: region < 2 ->
            last = head;
            do :: last > 0 && touches[last] != region -> last-- :: else -> break od;
            assert(at[region] == last && drawn[region] == (last -> mark[last] : 0));
            region++
        :: else -> break
        od
    }
}

init {
    atomic {
        begin_anew(0); begin_anew(1);
        run Writer(); run Serve(0); run Serve(1); run Network(); run Page(); run Judge()
    }
}
