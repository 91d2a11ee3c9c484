/** npm run bench:dial: what it costs to read texts of 10 kB and 100 kB, including hostile ones. */
import '../bench/dial.bench.ts';
