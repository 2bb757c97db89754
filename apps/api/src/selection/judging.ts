/** A gap this long in the sweeps was an outage of the managers, or of MySQL: nobody could be heard. */
export const outageSeconds = 5;
/** A moment after which no sweep was in a database that was never swept. */
export const neverSwept = "'2000-01-02'";

/**
 * Whether what ran out may be held against anybody, in SQL. Not after an outage of the managers or of MySQL, for as long as a browser may be silent
 * (`Sweeper.takeTurn` writes it): whoever came in time could not be heard, and what is true is just being read from the media servers. Nor before
 * somebody has swept again and noticed the outage.
 */
export const judgingSql = `(SELECT silence_counts_from <= NOW(3) AND NOT swept_at BETWEEN ${neverSwept} AND NOW(3) - INTERVAL ${outageSeconds} SECOND FROM sweeps WHERE id = 1)`;
